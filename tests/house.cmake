# The house itself: layers, symbols, what is installed, and the example of docs/.
function(wd_house_test name)
  add_test(NAME house.${name} COMMAND ${ARGN})
  set_tests_properties(house.${name} PROPERTIES TIMEOUT 300 LABELS house)
endfunction()

wd_house_test(layers ${CMAKE_CURRENT_SOURCE_DIR}/check_layers.sh)
wd_house_test(exports ${CMAKE_CURRENT_SOURCE_DIR}/check_exports.sh
  $<TARGET_FILE:wiredesk> $<TARGET_FILE:wiredesk_static>)
if(WD_HARDEN AND NOT WD_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL Debug)
  wd_house_test(hardening ${CMAKE_CURRENT_SOURCE_DIR}/check_hardening.sh
    $<TARGET_FILE:wiredeskd> $<TARGET_FILE:wiredesk_tool> $<TARGET_FILE:wiredesk>)
endif()
wd_house_test(scripts ${CMAKE_CURRENT_SOURCE_DIR}/check_scripts.sh)
wd_house_test(selftest ${CMAKE_CURRENT_SOURCE_DIR}/check_selftest.sh ${CMAKE_C_COMPILER})

add_executable(example ${PROJECT_SOURCE_DIR}/docs/example.c)
target_link_libraries(example PRIVATE wd_flags wiredesk::wiredesk)
wd_house_test(example ${CMAKE_CURRENT_SOURCE_DIR}/check_example.sh
  $<TARGET_FILE:example> ${PROJECT_BINARY_DIR}/share/wiredesk)

# A program of a stranger's must carry the same instruments as the library.
set(wd_stranger_flags ${CMAKE_C_FLAGS})
if(WD_SANITIZE)
  string(APPEND wd_stranger_flags " -fsanitize=${WD_SANITIZE}")
endif()
wd_house_test(install ${CMAKE_CURRENT_SOURCE_DIR}/check_install.sh
  ${PROJECT_BINARY_DIR} ${CMAKE_C_COMPILER} "${wd_stranger_flags}")

# The pages that the daemon's tables make.
wd_house_test(reference ${CMAKE_CURRENT_SOURCE_DIR}/check_reference.sh
  $<TARGET_FILE:wiredeskd> ${PROJECT_SOURCE_DIR})
wd_house_test(links ${CMAKE_CURRENT_SOURCE_DIR}/check_links.sh ${PROJECT_SOURCE_DIR})

# Debian packages, in a root of their own.
wd_house_test(packages ${CMAKE_CURRENT_SOURCE_DIR}/deb/check_deb.sh)
set_tests_properties(house.packages PROPERTIES
  LABELS slow TIMEOUT 1200 SKIP_RETURN_CODE 77 RUN_SERIAL TRUE)

# What deploy/ offers: judged by tools of Debian's, with Debian's Python, which knows them.
find_program(WD_DEBIAN_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
wd_house_test(deploy ${WD_DEBIAN_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/deploy/check_deploy.py -v)
set_tests_properties(house.deploy PROPERTIES ENVIRONMENT WIREDESKD=$<TARGET_FILE:wiredeskd>)
